"""The months as outlets print them, by language: in lower case and without full stops."""

# ruff: noqa: RUF001  # letters of other languages are meant

from __future__ import annotations

_BY_LANGUAGE = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "de_at": "jänner feber maerz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie "
    "decembrie",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου "
    "οκτωβρίου νοεμβρίου δεκεμβρίου",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "vi": "1 2 3 4 5 6 7 8 9 10 11 12",
}
# Shortened otherwise than to the first letters; `mar` and `mai` are the same month wherever met.
_SHORT = {
    "sept": 9, "mrz": 3, "mär": 3, "janv": 1, "févr": 2, "fév": 2, "fevr": 2, "fev": 2, "avr": 4,
    "juil": 7, "août": 8, "aout": 8, "déc": 12, "ene": 1, "abr": 4, "ago": 8, "dic": 12, "gen": 1,
    "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10, "out": 10, "dez": 12, "okt": 10, "mei": 5,
    "mrt": 3, "maj": 5, "setiembre": 9, "fevrier": 2, "decembre": 12, "marco": 3, "марта": 3,
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "сент": 9,
    "окт": 10, "ноя": 11, "нояб": 11, "дек": 12, "october": 10, "jul": 7, "jun": 6,
}  # fmt: skip
_SHORTEST = 3


def _shorten(names: list[str]) -> dict[str, int]:
    """The first three letters of each month of a language, where they name no other of its own."""
    starts = [name[:_SHORTEST] for name in names]
    return {start: n for n, start in enumerate(starts, 1) if starts.count(start) == 1}


def _number_months() -> dict[str, int]:
    lists = {lang: names.split() for lang, names in _BY_LANGUAGE.items() if names[0].isalpha()}
    numbers: dict[str, int] = {}
    for names in lists.values():
        numbers |= {name: n for n, name in enumerate(names, 1)} | numbers
    for language in ("en", "de", "nl", "sv"):
        numbers |= _shorten(lists[language]) | numbers
    return numbers | _SHORT


MONTHS = _number_months()
