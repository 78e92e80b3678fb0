# Де міститься зауваження, після назви файлу: «plan.xlsx, аркуш Offers, клітинка C14».

sheet = аркуш { $sheet }
cell = клітинка { $cell }
line = рядок { $line }
column = стовпець { $column }
