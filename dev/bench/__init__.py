"""Measurements of the real server under gunicorn, as ratios against a bare Flask route in the same run."""
