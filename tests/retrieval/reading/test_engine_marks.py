from __future__ import annotations

import pytest

from retrieval.reading.code_ranges import unmark
from retrieval.reading.markup import markdown_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (":::note The crane\nturns.\n:::", "The crane\n\nturns."),
        ("::: tip Good\nIt turns.\n:::", "Good\n\nIt turns."),
        (":::{warning}\nIt turns.\n:::", "It turns."),
        ('!!! note "Cold"\n    It turns.\n\nMore.', "Cold\n\nIt turns.\n\nMore."),
        ('=== "Port"\n\n    It turns.', "Port\n\nIt turns."),
        ("> [!info] Cold\n> It turns.", "Cold\n\nIt turns."),
        ("```{note}\nIt turns.\n```", "It turns."),
        ("See [[Old Crane|the crane]] and [[Ship]].", "See the crane and Ship."),
        ("![[crane.png]] It turns. %%a remark%%", "It turns."),
        ("{% include a.html\n  x=1 %}\nIt turns {{ site.x }} now.", "It turns now."),
        ("{% comment %}no{% endcomment %}It turns.", "It turns."),
        ('{{< figure src="a" >}}\n\n{{% notice %}}\nIt turns.\n{{% /notice %}}', "It turns."),
        ('[caption id="1"]<img src="a">A crane[/caption]\n\nIt turns.', "It turns."),
        ("[vc_row][vc_column width='1/2']It turns.[/vc_column][/vc_row]", "It turns."),
        ("[youtube=https://tube.example/x]\n\nIt turns.{: .big}", "It turns."),
        ("import A from 'a'\n\nexport const x = 1\n\n<A b={{c: 1}}>\n\nIt turns.\n\n</A>",
         "It turns."),
        ("It turns. {/* why */}", "It turns."),
        ("It ==turns== :tada: now ^a1b2c3", "It turns now"),
        ("+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+", "a · b\n\nc · d"),
        ("{% highlight sh %}\nls {{ x }}\n{% endhighlight %}", "ls {{ x }}"),
        ("Write `{{ x }}` or `[[y]]`.", "Write {{ x }} or [[y]]."),
        ("```\n!!! note\n{% x %}\n```", "!!! note\n{% x %}"),
        ("Numbers [1, 2] and [a link][x] stay.\n\n[x]: https://port.example",
         "Numbers [1, 2] and a link stay."),
    ],
)  # fmt: skip
def test_what_an_engine_adds_leaves_no_mark(source: str, text: str) -> None:
    assert unmark(markdown_to_text(source)) == text
