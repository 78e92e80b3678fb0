DROP TRIGGER books_seal_checks
-- next

CREATE TRIGGER books_seal_checks AFTER INSERT ON books_seal
BEGIN
    SELECT RAISE(ABORT, 'books: the entry does not exist, or is not the newest') WHERE NOT EXISTS (
        SELECT 1 FROM books_entry e JOIN books b ON b.id = e.books_id AND b.newest_id = e.id WHERE e.id = NEW.id);
    SELECT RAISE(ABORT, 'books: the entry is recorded before the one that it follows') WHERE EXISTS (
        SELECT 1 FROM books_entry e JOIN books_entry o ON o.id = e.id - 1 AND o.books_id = e.books_id
        WHERE e.id = NEW.id AND e.recorded_at < o.recorded_at);
    SELECT RAISE(ABORT, 'books: an entry has at least two postings') WHERE (SELECT count(*) FROM books_posting WHERE entry_id = NEW.id) < 2;
    SELECT RAISE(ABORT, 'books: a part of the entry has another day or belongs to other books') WHERE EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id JOIN books_entry e ON e.id = p.entry_id
        WHERE p.entry_id = NEW.id AND (s.books_id <> e.books_id OR p.effective_on <> e.effective_on))
    OR EXISTS (
        SELECT 1 FROM books_goods g JOIN books_bin n ON n.id = g.bin_id JOIN books_entry e ON e.id = g.entry_id
        WHERE g.entry_id = NEW.id AND n.books_id <> e.books_id)
    OR EXISTS (
        SELECT 1 FROM books_entry e JOIN books_entry o ON o.id = e.takes_back_id
        WHERE e.id = NEW.id AND (o.books_id <> e.books_id OR o.id >= e.id));
    SELECT RAISE(ABORT, 'books: the entry does not add up to zero for each contribution and currency') WHERE EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id WHERE p.entry_id = NEW.id
        GROUP BY s.account IN ('bank', 'receivable', 'supplier_advance', 'supplier_payable', 'programme_expense', 'contributions',
                'exchange'), s.contribution, s.currency
        HAVING sum(p.amount) <> 0);
    SELECT RAISE(ABORT, 'books: the units of the entry do not add up to zero') WHERE EXISTS (
        SELECT 1 FROM books_goods g JOIN books_bin n ON n.id = g.bin_id WHERE g.entry_id = NEW.id
        GROUP BY n.line, n.currency
        HAVING sum(g.units) <> 0);
    UPDATE books_spot SET balance = balance + moved.amount, changed_by = NEW.id
    FROM (SELECT spot_id, sum(amount) AS amount FROM books_posting WHERE entry_id = NEW.id GROUP BY spot_id) AS moved
    WHERE books_spot.id = moved.spot_id;
    UPDATE books_bin SET units = books_bin.units + moved.units, changed_by = NEW.id
    FROM (SELECT bin_id, sum(units) AS units FROM books_goods WHERE entry_id = NEW.id GROUP BY bin_id) AS moved
    WHERE books_bin.id = moved.bin_id;
    SELECT RAISE(ABORT, 'books: the entry takes an account below zero') WHERE EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id
        WHERE p.entry_id = NEW.id AND s.balance < 0 AND s.account IN ('pledged', 'committed', 'available', 'allocated', 'ordered', 'delivered', 'accepted', 'lapsed',
                'bank', 'receivable', 'supplier_advance')
        GROUP BY p.spot_id
        HAVING sum(p.amount) < 0);
    SELECT RAISE(ABORT, 'books: the entry takes units away that are not there') WHERE EXISTS (
        SELECT 1 FROM books_goods g JOIN books_bin n ON n.id = g.bin_id
        WHERE g.entry_id = NEW.id AND n.units < 0 AND n.place IN ('ordered', 'delivered', 'accepted')
        GROUP BY g.bin_id
        HAVING sum(g.units) < 0);
    SELECT RAISE(ABORT, 'books: a balance leaves the range of amounts') WHERE EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id
        WHERE p.entry_id = NEW.id AND abs(s.balance) >= 100000000000000000);
END
