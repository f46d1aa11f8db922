"""Files, pages and exports become articles."""
