CREATE TRIGGER books_stays BEFORE DELETE ON books
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_spot_stays BEFORE DELETE ON books_spot
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_bin_stays BEFORE DELETE ON books_bin
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_private_stays BEFORE DELETE ON books_private
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_seal_stays BEFORE DELETE ON books_seal
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_entry_stays BEFORE DELETE ON books_entry
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_posting_stays BEFORE DELETE ON books_posting
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_goods_stays BEFORE DELETE ON books_goods
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_term_stays BEFORE DELETE ON books_term
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_checkpoint_stays BEFORE DELETE ON books_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_total_stays BEFORE DELETE ON books_total
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END
-- next

CREATE TRIGGER books_seal_unchanged BEFORE UPDATE ON books_seal
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END
-- next

CREATE TRIGGER books_entry_unchanged BEFORE UPDATE ON books_entry
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END
-- next

CREATE TRIGGER books_posting_unchanged BEFORE UPDATE ON books_posting
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END
-- next

CREATE TRIGGER books_goods_unchanged BEFORE UPDATE ON books_goods
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END
-- next

CREATE TRIGGER books_term_unchanged BEFORE UPDATE ON books_term
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END
-- next

CREATE TRIGGER books_checkpoint_unchanged BEFORE UPDATE ON books_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END
-- next

CREATE TRIGGER books_total_unchanged BEFORE UPDATE ON books_total
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END
-- next

CREATE TRIGGER books_posting_closed BEFORE INSERT ON books_posting
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed, nothing can be added to it');
END
-- next

CREATE TRIGGER books_goods_closed BEFORE INSERT ON books_goods
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed, nothing can be added to it');
END
-- next

CREATE TRIGGER books_term_closed BEFORE INSERT ON books_term
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed, nothing can be added to it');
END
-- next

CREATE TRIGGER books_private_closed BEFORE INSERT ON books_private
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed, nothing can be added to it');
END
-- next

CREATE TRIGGER books_posting_whole BEFORE INSERT ON books_posting
WHEN typeof(NEW.amount) <> 'integer'
BEGIN
    SELECT RAISE(ABORT, 'books: an amount is a whole number');
END
-- next

CREATE TRIGGER books_goods_whole BEFORE INSERT ON books_goods
WHEN typeof(NEW.units) <> 'integer' OR NEW.units = 0
BEGIN
    SELECT RAISE(ABORT, 'books: units are a whole number');
END
-- next

CREATE TRIGGER books_new BEFORE INSERT ON books
WHEN NEW.size <> 0 OR EXISTS (SELECT 1 FROM books WHERE id = NEW.id OR programme_id = NEW.programme_id)
BEGIN
    SELECT RAISE(ABORT, 'books: new books are empty');
END
-- next

CREATE TRIGGER books_entry_new BEFORE INSERT ON books_entry
WHEN EXISTS (SELECT 1 FROM books_entry WHERE id = NEW.id OR (books_id = NEW.books_id AND "key" = NEW."key") OR takes_back_id = NEW.takes_back_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry or its key is there already');
END
-- next

CREATE TRIGGER books_seal_new BEFORE INSERT ON books_seal
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed already');
END
-- next

CREATE TRIGGER books_checkpoint_new BEFORE INSERT ON books_checkpoint
WHEN EXISTS (SELECT 1 FROM books_checkpoint WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'books: the checkpoint is there already');
END
-- next

CREATE TRIGGER books_total_new BEFORE INSERT ON books_total
WHEN EXISTS (SELECT 1 FROM books_total WHERE until = NEW.until AND spot_id = NEW.spot_id AND effective_on = NEW.effective_on)
BEGIN
    SELECT RAISE(ABORT, 'books: the total is there already');
END
-- next

CREATE TRIGGER books_spot_new BEFORE INSERT ON books_spot
WHEN NEW.balance <> 0 OR EXISTS (SELECT 1 FROM books_spot WHERE id = NEW.id OR (books_id = NEW.books_id AND contribution = NEW.contribution AND account = NEW.account AND currency = NEW.currency AND line = NEW.line AND lot = NEW.lot))
BEGIN
    SELECT RAISE(ABORT, 'books: a new account is empty');
END
-- next

CREATE TRIGGER books_bin_new BEFORE INSERT ON books_bin
WHEN NEW.units <> 0 OR EXISTS (SELECT 1 FROM books_bin WHERE id = NEW.id OR (books_id = NEW.books_id AND line = NEW.line AND place = NEW.place AND currency = NEW.currency AND lot = NEW.lot))
BEGIN
    SELECT RAISE(ABORT, 'books: a new place is empty');
END
-- next

CREATE TRIGGER books_grows BEFORE UPDATE ON books
WHEN NEW.id <> OLD.id OR NEW.programme_id <> OLD.programme_id
    OR NOT (
        (NEW.size = OLD.size AND NEW.newest_id IS OLD.newest_id AND NEW.peaks = OLD.peaks)
        OR (NEW.size = OLD.size + 1
            AND (OLD.newest_id IS NULL OR EXISTS (SELECT 1 FROM books_seal WHERE id = OLD.newest_id)))
    )
BEGIN
    SELECT RAISE(ABORT, 'books: the log grows by one sealed entry at a time');
END
-- next

CREATE TRIGGER books_spot_moves BEFORE UPDATE ON books_spot
WHEN NEW.id <> OLD.id OR NEW.books_id <> OLD.books_id OR NEW.account <> OLD.account
    OR NEW.contribution <> OLD.contribution OR NEW.currency <> OLD.currency
    OR NEW.line <> OLD.line OR NEW.lot <> OLD.lot
    OR NEW.changed_by <= OLD.changed_by
    OR NEW.changed_by IS NOT (SELECT newest_id FROM books WHERE id = NEW.books_id)
    OR NEW.balance - OLD.balance IS NOT (
        SELECT sum(amount) FROM books_posting WHERE entry_id = NEW.changed_by AND spot_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'books: a balance changes by an entry only');
END
-- next

CREATE TRIGGER books_bin_moves BEFORE UPDATE ON books_bin
WHEN NEW.id <> OLD.id OR NEW.books_id <> OLD.books_id OR NEW.place <> OLD.place
    OR NEW.line <> OLD.line OR NEW.currency <> OLD.currency OR NEW.lot <> OLD.lot
    OR NEW.changed_by <= OLD.changed_by
    OR NEW.changed_by IS NOT (SELECT newest_id FROM books WHERE id = NEW.books_id)
    OR NEW.units - OLD.units IS NOT (
        SELECT sum(units) FROM books_goods WHERE entry_id = NEW.changed_by AND bin_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'books: units change by an entry only');
END
-- next

CREATE TRIGGER books_private_erased BEFORE UPDATE ON books_private
WHEN NEW.entry_id <> OLD.entry_id OR NEW.name <> OLD.name OR NEW.commitment <> OLD.commitment
    OR NEW.text IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'books: a private text can be erased, and nothing else');
END
-- next

CREATE TRIGGER books_seal_checks AFTER INSERT ON books_seal
BEGIN
    SELECT RAISE(ABORT, 'books: the entry does not exist, or is not the newest') WHERE NOT EXISTS (
        SELECT 1 FROM books_entry e JOIN books b ON b.id = e.books_id AND b.newest_id = e.id WHERE e.id = NEW.id);
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
-- next

CREATE TRIGGER records_instrumentversion_no_UPDATE BEFORE UPDATE ON records_instrumentversion
BEGIN
    SELECT RAISE(ABORT, 'versions of instruments are only added');
END
-- next

CREATE TRIGGER records_instrumentversion_no_DELETE BEFORE DELETE ON records_instrumentversion
BEGIN
    SELECT RAISE(ABORT, 'versions of instruments are only added');
END
