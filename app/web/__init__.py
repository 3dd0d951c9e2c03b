"""The only code that knows Flask: requests become use cases, results become JSON for their audience."""
