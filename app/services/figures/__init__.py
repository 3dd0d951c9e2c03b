"""Roll-ups, dashboards, topics and reports."""
