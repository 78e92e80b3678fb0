CREATE OR REPLACE FUNCTION books_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'books: nothing that was entered is ever changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
END
$$
-- next

CREATE OR REPLACE FUNCTION books_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    something boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', TG_TABLE_NAME) INTO something;
    IF something THEN
        RAISE EXCEPTION 'books: nothing is ever deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$
-- next

CREATE TRIGGER books_stays BEFORE DELETE ON books
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_whole BEFORE TRUNCATE ON books
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_spot_stays BEFORE DELETE ON books_spot
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_spot_whole BEFORE TRUNCATE ON books_spot
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_bin_stays BEFORE DELETE ON books_bin
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_bin_whole BEFORE TRUNCATE ON books_bin
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_private_stays BEFORE DELETE ON books_private
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_private_whole BEFORE TRUNCATE ON books_private
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_seal_stays BEFORE DELETE ON books_seal
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_seal_whole BEFORE TRUNCATE ON books_seal
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_entry_stays BEFORE DELETE ON books_entry
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_entry_whole BEFORE TRUNCATE ON books_entry
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_posting_stays BEFORE DELETE ON books_posting
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_posting_whole BEFORE TRUNCATE ON books_posting
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_goods_stays BEFORE DELETE ON books_goods
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_goods_whole BEFORE TRUNCATE ON books_goods
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_term_stays BEFORE DELETE ON books_term
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_term_whole BEFORE TRUNCATE ON books_term
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_checkpoint_stays BEFORE DELETE ON books_checkpoint
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_checkpoint_whole BEFORE TRUNCATE ON books_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_total_stays BEFORE DELETE ON books_total
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_total_whole BEFORE TRUNCATE ON books_total
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_seal_unchanged BEFORE UPDATE ON books_seal
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_entry_unchanged BEFORE UPDATE ON books_entry
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_posting_unchanged BEFORE UPDATE ON books_posting
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_goods_unchanged BEFORE UPDATE ON books_goods
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_term_unchanged BEFORE UPDATE ON books_term
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_checkpoint_unchanged BEFORE UPDATE ON books_checkpoint
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_total_unchanged BEFORE UPDATE ON books_total
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE OR REPLACE FUNCTION books_refuse_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh JOIN books_seal ON books_seal.id = fresh.entry_id) THEN
        RAISE EXCEPTION 'books: the entry is sealed, nothing can be added to it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$
-- next

CREATE TRIGGER books_posting_closed AFTER INSERT ON books_posting
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_late()
-- next

CREATE TRIGGER books_goods_closed AFTER INSERT ON books_goods
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_late()
-- next

CREATE TRIGGER books_term_closed AFTER INSERT ON books_term
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_late()
-- next

CREATE TRIGGER books_private_closed AFTER INSERT ON books_private
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_late()
-- next

CREATE OR REPLACE FUNCTION books_refuse_filled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'books: what is new is empty' USING ERRCODE = 'integrity_constraint_violation';
END
$$
-- next

CREATE TRIGGER books_new BEFORE INSERT ON books
FOR EACH ROW WHEN (NEW.size <> 0) EXECUTE FUNCTION books_refuse_filled()
-- next

CREATE TRIGGER books_spot_new BEFORE INSERT ON books_spot
FOR EACH ROW WHEN (NEW.balance <> 0) EXECUTE FUNCTION books_refuse_filled()
-- next

CREATE TRIGGER books_bin_new BEFORE INSERT ON books_bin
FOR EACH ROW WHEN (NEW.units <> 0) EXECUTE FUNCTION books_refuse_filled()
-- next

CREATE OR REPLACE FUNCTION books_refuse_zero_units() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'books: units that move are not zero' USING ERRCODE = 'integrity_constraint_violation';
END
$$
-- next

CREATE TRIGGER books_goods_moves BEFORE INSERT ON books_goods
FOR EACH ROW WHEN (NEW.units = 0) EXECUTE FUNCTION books_refuse_zero_units()
-- next

CREATE OR REPLACE FUNCTION books_check_growth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.programme_id <> OLD.programme_id OR NOT (
        (NEW.size = OLD.size AND NEW.newest_id IS NOT DISTINCT FROM OLD.newest_id AND NEW.peaks = OLD.peaks)
        OR (NEW.size = OLD.size + 1
            AND (OLD.newest_id IS NULL OR EXISTS (SELECT 1 FROM books_seal WHERE id = OLD.newest_id)))
    ) THEN
        RAISE EXCEPTION 'books: the log grows by one sealed entry at a time' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
-- next

CREATE TRIGGER books_grows BEFORE UPDATE ON books
FOR EACH ROW EXECUTE FUNCTION books_check_growth()
-- next

CREATE OR REPLACE FUNCTION books_check_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR NEW.changed_by <= OLD.changed_by THEN
        RAISE EXCEPTION 'books: a balance changes by an entry only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
-- next

CREATE TRIGGER books_spot_moves BEFORE UPDATE ON books_spot
FOR EACH ROW EXECUTE FUNCTION books_check_move()
-- next

CREATE TRIGGER books_bin_moves BEFORE UPDATE ON books_bin
FOR EACH ROW EXECUTE FUNCTION books_check_move()
-- next

CREATE OR REPLACE FUNCTION books_check_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.entry_id <> OLD.entry_id OR NEW.name <> OLD.name OR NEW.commitment <> OLD.commitment
        OR NEW.text IS NOT NULL OR NEW.salt IS NOT NULL THEN
        RAISE EXCEPTION 'books: a private text can be erased, and nothing else' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
-- next

CREATE TRIGGER books_private_erased BEFORE UPDATE ON books_private
FOR EACH ROW EXECUTE FUNCTION books_check_erasure()
-- next

CREATE OR REPLACE FUNCTION books_check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry books_entry%ROWTYPE;
    parts bigint;
    astray boolean;
    below boolean;
    beyond boolean;
BEGIN
    SELECT e.* INTO entry FROM books_entry e JOIN books b ON b.id = e.books_id AND b.newest_id = e.id
    WHERE e.id = NEW.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'books: the entry does not exist, or is not the newest'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM books_entry o
        WHERE o.id = NEW.id - 1 AND o.books_id = entry.books_id AND o.recorded_at > entry.recorded_at
    ) THEN
        RAISE EXCEPTION 'books: the entry is recorded before the one that it follows'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT count(*), bool_or(s.books_id <> entry.books_id OR p.effective_on <> entry.effective_on)
    INTO parts, astray
    FROM books_posting p JOIN books_spot s ON s.id = p.spot_id WHERE p.entry_id = NEW.id;
    IF parts < 2 THEN
        RAISE EXCEPTION 'books: an entry has at least two postings'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF entry.takes_back_id IS NOT NULL THEN
        astray := astray OR entry.takes_back_id >= NEW.id OR NOT EXISTS (
            SELECT 1 FROM books_entry o WHERE o.id = entry.takes_back_id AND o.books_id = entry.books_id);
    END IF;
    IF astray THEN
        RAISE EXCEPTION 'books: a part of the entry has another day or belongs to other books'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id WHERE p.entry_id = NEW.id
        GROUP BY s.account IN ('bank', 'receivable', 'supplier_advance', 'supplier_payable', 'programme_expense',
                'contributions', 'exchange'), s.contribution, s.currency
        HAVING sum(p.amount) <> 0
    ) THEN
        RAISE EXCEPTION 'books: the entry does not add up to zero for each contribution and currency'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    WITH moved AS (
        SELECT spot_id, sum(amount) AS amount FROM books_posting WHERE entry_id = NEW.id GROUP BY spot_id ORDER BY spot_id
    ), done AS (
        UPDATE books_spot s SET balance = s.balance + moved.amount, changed_by = NEW.id
        FROM moved WHERE s.id = moved.spot_id
        RETURNING s.account, s.balance, moved.amount
    )
    SELECT
        bool_or(balance < 0 AND amount < 0 AND account IN (
            'pledged', 'committed', 'available', 'allocated', 'ordered', 'delivered', 'accepted', 'lapsed',
            'bank', 'receivable', 'supplier_advance')),
        bool_or(abs(balance) >= 100000000000000000)
    INTO below, beyond FROM done;
    IF below THEN
        RAISE EXCEPTION 'books: the entry takes an account below zero'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF beyond THEN
        RAISE EXCEPTION 'books: a balance leaves the range of amounts'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM books_goods WHERE entry_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT 1 FROM books_goods g JOIN books_bin n ON n.id = g.bin_id WHERE g.entry_id = NEW.id
        GROUP BY n.line, n.currency
        HAVING sum(g.units) <> 0 OR bool_or(n.books_id <> entry.books_id)
    ) THEN
        RAISE EXCEPTION 'books: the units of the entry do not add up to zero, or belong to other books'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    WITH moved AS (
        SELECT bin_id, sum(units) AS units FROM books_goods WHERE entry_id = NEW.id GROUP BY bin_id ORDER BY bin_id
    ), done AS (
        UPDATE books_bin n SET units = n.units + moved.units, changed_by = NEW.id
        FROM moved WHERE n.id = moved.bin_id
        RETURNING n.place, n.units AS left_there, moved.units AS moved_units
    )
    SELECT bool_or(left_there < 0 AND moved_units < 0 AND place IN ('ordered', 'delivered', 'accepted'))
    INTO below FROM done;
    IF below THEN
        RAISE EXCEPTION 'books: the entry takes units away that are not there'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$
-- next

CREATE TRIGGER books_seal_checks AFTER INSERT ON books_seal
FOR EACH ROW EXECUTE FUNCTION books_check_entry()
