"""The public exchange with others in the words of IATI 2.03 (https://iatistandard.org)."""
