"""3D models: from the views of a patent's figures to a solid, with an honest account of what was assumed."""
