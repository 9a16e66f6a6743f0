"""What an operator sees of a running bot: health, figures, and a log that programs can read."""
