"""The pages of intervision."""
