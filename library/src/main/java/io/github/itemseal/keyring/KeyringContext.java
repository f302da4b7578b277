package io.github.itemseal.keyring;

import io.github.itemseal.FailureSubject;
import io.github.itemseal.internal.crypto.AesGcm;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What both kinds of materials say of an item, and its cipher. Thread-safe. */
final class KeyringContext {
  private final AlgorithmSuite algorithmSuite;
  private final Map<String, String> encryptionContext;
  private final byte[] canonicalContext;
  private final Map<String, AttributeValue> contextAttributes;
  private final FailureSubject subject;
  private final Jca jca;
  private final AesGcm gcm;

  /**
   * @throws io.github.itemseal.MalformedItemException if the encryption context is too large or
   *     holds half of a surrogate pair
   */
  KeyringContext(
      AlgorithmSuite algorithmSuite,
      Map<String, String> encryptionContext,
      Map<String, AttributeValue> contextAttributes,
      FailureSubject subject,
      Jca jca) {
    this.algorithmSuite = algorithmSuite;
    this.encryptionContext = Map.copyOf(encryptionContext);
    this.contextAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(contextAttributes));
    this.subject = subject;
    this.jca = jca;
    this.gcm = new AesGcm(jca);
    try {
      this.canonicalContext = CanonicalContext.of(encryptionContext);
    } catch (WireFormatException e) {
      throw e.toException(subject);
    }
  }

  AlgorithmSuite algorithmSuite() {
    return algorithmSuite;
  }

  Map<String, String> encryptionContext() {
    return encryptionContext;
  }

  /** Shared: nobody may change it. */
  byte[] canonicalContext() {
    return canonicalContext;
  }

  Map<String, AttributeValue> contextAttributes() {
    return contextAttributes;
  }

  FailureSubject subject() {
    return subject;
  }

  Jca jca() {
    return jca;
  }

  /** One cipher for all keyrings that wrap or unwrap the keys of the item. */
  AesGcm gcm() {
    return gcm;
  }
}
