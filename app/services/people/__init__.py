"""Residents, officials and staff as WeChat knows them: logging in, accounts, who acts for a post."""
