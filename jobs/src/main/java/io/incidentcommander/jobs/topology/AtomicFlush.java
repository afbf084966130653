// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import java.util.Collection;
import org.apache.flink.contrib.streaming.state.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * Has RocksDB flush all tables of an operator at once. A checkpoint flushes them while the operator
 * stands still, and one after the other each of them waits for the disk, for its file and for the
 * list of files. Together they wait for that list once.
 */
public final class AtomicFlush implements RocksDBOptionsFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public DBOptions createDBOptions(DBOptions current, Collection<AutoCloseable> toClose) {
        return current.setAtomicFlush(true);
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions current, Collection<AutoCloseable> toClose) {
        return current;
    }
}
