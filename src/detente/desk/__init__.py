"""The desk: a record read, checked and decided on in the browser, on this machine."""
