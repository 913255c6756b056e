"""Pages in a real Chromium, on a server of the test."""
