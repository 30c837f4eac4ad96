"""From what was claimed, said and done to what is believed: holdings, the record of words and deeds, seriousness."""
