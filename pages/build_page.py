"""Build: draw the network; shapes, counts and faults appear while you draw."""

from builder.ui import drawing

drawing.surface()
