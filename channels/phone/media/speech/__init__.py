"""Words to sound: recordings first, then a voice; kept as files by what they say."""
