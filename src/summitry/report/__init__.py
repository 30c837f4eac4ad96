"""What is read: documents of questions rendered for each door, the page, the book, pictures and files."""
