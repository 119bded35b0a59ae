"""Charts, one recipe a file: frozen inputs in, an Altair chart out; the page gives the alternative text."""
