"""The pages of planning: from a workbook to a plan, and from a plan to the reason for each of its lines."""
