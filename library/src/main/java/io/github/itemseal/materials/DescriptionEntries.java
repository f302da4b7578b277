package io.github.itemseal.materials;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MalformedItemException;
import java.util.Map;

/** Names of the material description that the providers write, and what they expect under them. */
final class DescriptionEntries {
  /** Base64 of the wrapped content key. */
  static final String WRAPPED_KEY = "amzn-ddb-env-key";

  /** Algorithm of the content key, {@code AES} or {@code AES/bits}. */
  static final String CONTENT_KEY_ALGORITHM = "amzn-ddb-env-alg";

  /** Algorithm of the signing key, {@code algorithm/bits}, where it is derived. */
  static final String SIGNING_KEY_ALGORITHM = "amzn-ddb-sig-alg";

  /** JCE transformation that wrapped the content key. */
  static final String WRAP_ALGORITHM = "amzn-ddb-wrap-alg";

  /** Material name and version in a MetaStore, {@code name#version}. */
  static final String META_ID = "amzn-ddb-meta-id";

  private DescriptionEntries() {}

  /**
   * A description given by the user.
   *
   * @throws IllegalArgumentException if it holds names that the library writes itself
   */
  static MaterialDescription ofUser(Map<String, String> entries) {
    for (String name : entries.keySet()) {
      if (name.startsWith("amzn-ddb-") || name.startsWith("aws-kms-")) {
        throw new IllegalArgumentException(
            ("Material description entry '%s' is written by the library: use the provider's own"
                    + " settings instead, for algorithms SigningKeys.signingWith(...) and"
                    + " contentKeyBits(...).")
                .formatted(name));
      }
    }
    return MaterialDescription.of(entries);
  }

  /**
   * The text of an entry that a key source cannot do without.
   *
   * @throws MalformedItemException if the item has no such entry
   */
  static String require(MaterialDescription description, String name, FailureSubject subject) {
    return description
        .get(name)
        .orElseThrow(
            () ->
                new MalformedItemException(
                    FailureReason.DESCRIPTION_INCOMPLETE,
                    subject,
                    ("The material description of the %s has no entry '%s': it was not written with"
                            + " this kind of keys, or was changed.")
                        .formatted(subject.describe(), name)));
  }
}
