"""From an article's words and metadata: its title, outlet, author, date, genre, language and parts."""
