"""Forms: questions asked one after another, each draft a stored row."""
