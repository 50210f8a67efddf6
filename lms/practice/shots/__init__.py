"""The shot coach: light, level and sound measured on the phone, one advice at a time."""
