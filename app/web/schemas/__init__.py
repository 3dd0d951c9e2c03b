"""The shapes of requests and answers, one file for each noun; they also make the OpenAPI document."""
