"""Tests of the rules: no store, no network, no clock but the times they name."""
