"""What the commands print for people, one module for each link of the chain; `page` is the only way onto the terminal."""
