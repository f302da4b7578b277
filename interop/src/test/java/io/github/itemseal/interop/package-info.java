/**
 * Itemseal beside the published Java client of the format, {@code
 * com.amazonaws:aws-dynamodb-encryption-java:2.0.3}, in both directions; and the generator of the
 * vectors in {@code testvectors/}.
 *
 * <p>Start reading at {@code OldClientLiveTest}. The vectors are minted anew, from the root of the
 * project, by
 *
 * <pre>{@code mvn -pl interop -am -Pvectors process-test-classes}</pre>
 */
@NullMarked
package io.github.itemseal.interop;

import org.jspecify.annotations.NullMarked;
