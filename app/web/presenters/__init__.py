"""How aggregates look to their audience: plain dictionaries in the shape of app/web/schemas."""
