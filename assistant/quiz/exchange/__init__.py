"""Items out to GIFT, Moodle XML and Anki, and in from the first two; what is lost is named."""
