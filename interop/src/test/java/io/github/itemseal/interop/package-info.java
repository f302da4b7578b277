/**
 * Itemseal beside the published clients of the format, in both directions: the Java client, {@code
 * com.amazonaws:aws-dynamodb-encryption-java:2.0.3}, and the Python client, {@code
 * dynamodb-encryption-sdk==3.3.0}, which runs in a throw-away environment under {@code target}; all
 * of them at one KMS server too. And the generator of the vectors in {@code testvectors/}.
 *
 * <p>Start reading at {@code OldClientLiveTest}, then {@code PythonClientLiveTest} and {@code
 * HttpKmsLiveTest}. The vectors are minted anew, from the root of the project, by
 *
 * <pre>{@code mvn -pl interop -am -Pvectors process-test-classes}</pre>
 */
@NullMarked
package io.github.itemseal.interop;

import org.jspecify.annotations.NullMarked;
