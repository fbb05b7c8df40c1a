/** The recount after each test that runs a bridge: the backends', the ledger's and that of the rows in the file. */
@NullMarked
package dev.cxotel.bridge.testing.books;

import org.jspecify.annotations.NullMarked;
