"""What keeps `data`, `training` and `plotting` short enough to be read by learners."""
