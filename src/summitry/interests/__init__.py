"""What each side wants and who must be carried at home."""
