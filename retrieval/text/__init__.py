"""What words, sentences, numbers and names are; knows no article."""
