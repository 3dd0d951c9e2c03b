"""Settings, health, alerts, forgetting."""
