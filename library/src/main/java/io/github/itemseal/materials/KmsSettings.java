package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.internal.crypto.HkdfSha256;
import io.github.itemseal.internal.crypto.KeyStrength;
import io.github.itemseal.internal.listener.Notices;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How AWS KMS is used for the keys of items: which key encrypts, which may decrypt, and what is
 * sent along. Immutable and thread-safe; the same settings serve both kinds of {@link
 * KmsMaterialsProvider}.
 *
 * <p>Source: docs/formats/ddbec.md, "AWS KMS".
 */
public final class KmsSettings {
  private final Function<EncryptionContext, String> keyId;
  private final @Nullable Set<String> decryptionKeyArns;
  private final boolean decryptsWithAnyKey;
  private final List<String> grantTokens;
  private final int contentKeyBits;
  private final SigningAlgorithm signingAlgorithm;
  private final int signingKeyBits;
  private final BiFunction<EncryptionContext, Map<String, String>, Map<String, String>>
      encryptionContext;
  private final MaterialDescription materialDescription;
  private final @Nullable String userAgentSuffix;
  private final @Nullable DataKeyReuse dataKeyReuse;
  private final Notices notices;

  private KmsSettings(Builder builder) {
    this.keyId = builder.keyId;
    this.decryptionKeyArns = builder.decryptionKeyArns;
    this.decryptsWithAnyKey = builder.decryptsWithAnyKey;
    this.grantTokens = builder.grantTokens;
    this.contentKeyBits = builder.contentKeyBits;
    this.signingAlgorithm = builder.signingAlgorithm;
    this.signingKeyBits = builder.signingKeyBits;
    this.encryptionContext = builder.encryptionContext;
    this.materialDescription = builder.materialDescription;
    this.userAgentSuffix = builder.userAgentSuffix;
    this.dataKeyReuse = builder.dataKeyReuse;
    this.notices = new Notices(builder.listener);
  }

  /**
   * Settings for one symmetric key: its id, ARN, alias or alias ARN. The same key, and no other,
   * decrypts; KMS is told so and its answer is checked (but for an alias, which names no key: there
   * KMS's own check of the request has to do).
   */
  public static Builder forKey(String keyId) {
    if (keyId.isBlank()) {
      throw new IllegalArgumentException("The KMS key id is empty.");
    }
    return new Builder(context -> keyId);
  }

  /**
   * Settings for a key chosen item by item, say by tenant. The function sees the plaintext item
   * while encrypting, and the stored one, not verified yet, while decrypting: it must give the same
   * answer for both, so it may look at names and readable attributes only.
   */
  public static Builder forKeyOf(Function<EncryptionContext, String> keyId) {
    return new Builder(Objects.requireNonNull(keyId, "keyId"));
  }

  /** Who is told of requests to KMS. */
  Notices notices() {
    return notices;
  }

  String keyIdFor(EncryptionContext context) {
    return keyId.apply(context);
  }

  /** The keys that may decrypt instead of the encrypting one. */
  Optional<Set<String>> decryptionKeyArns() {
    return Optional.ofNullable(decryptionKeyArns);
  }

  boolean decryptsWithAnyKey() {
    return decryptsWithAnyKey;
  }

  List<String> grantTokens() {
    return grantTokens;
  }

  int contentKeyBits() {
    return contentKeyBits;
  }

  SigningAlgorithm signingAlgorithm() {
    return signingAlgorithm;
  }

  int signingKeyBits() {
    return signingKeyBits;
  }

  Map<String, String> encryptionContext(EncryptionContext context, Map<String, String> standard) {
    return encryptionContext.apply(context, standard);
  }

  MaterialDescription materialDescription() {
    return materialDescription;
  }

  Optional<String> userAgentSuffix() {
    return Optional.ofNullable(userAgentSuffix);
  }

  @Nullable DataKeyReuse dataKeyReuse() {
    return dataKeyReuse;
  }

  /** Builds {@link KmsSettings}. Not thread-safe. */
  public static final class Builder {
    private final Function<EncryptionContext, String> keyId;
    private @Nullable Set<String> decryptionKeyArns;
    private boolean decryptsWithAnyKey;
    private List<String> grantTokens = List.of();
    private int contentKeyBits = 256;
    private SigningAlgorithm signingAlgorithm = SigningAlgorithm.HMAC_SHA256;
    private int signingKeyBits = 256;
    private BiFunction<EncryptionContext, Map<String, String>, Map<String, String>>
        encryptionContext = (context, standard) -> standard;
    private MaterialDescription materialDescription = MaterialDescription.empty();
    private @Nullable String userAgentSuffix;
    private @Nullable DataKeyReuse dataKeyReuse;
    private @Nullable ItemsealListener listener;

    private Builder(Function<EncryptionContext, String> keyId) {
      this.keyId = keyId;
    }

    /**
     * Lets these keys decrypt, by their full key ARNs; the encrypting key only if it is among them.
     * Which key is used is known only from the answer of KMS, which is checked against the set. KMS
     * is asked in the Region of the encrypting key: of a multi-Region key, name the replica there.
     *
     * @throws IllegalArgumentException if one is not a key ARN
     */
    public Builder decryptsWith(Set<String> keyArns) {
      for (String arn : keyArns) {
        if (!arn.startsWith("arn:") || !arn.contains(":key/")) {
          throw new IllegalArgumentException("'" + arn + "' is not the ARN of a KMS key.");
        }
      }
      this.decryptionKeyArns = Set.copyOf(keyArns);
      return this;
    }

    /**
     * Lets any key decrypt that the caller may use, as the old clients do. Whoever can write to the
     * table and has a key that this caller may use can then write items that it believes.
     */
    public Builder decryptsWithAnyKey() {
      this.decryptsWithAnyKey = true;
      return this;
    }

    /** Grant tokens to send with every request. Default none. */
    public Builder grantTokens(String... grantTokens) {
      this.grantTokens = List.of(grantTokens);
      return this;
    }

    /** Size of the content keys of new items: 128, 192 or 256 bits. Default 256. */
    public Builder contentKeyBits(int bits) {
      if (!KeyStrength.isAesLength(bits)) {
        throw new IllegalArgumentException(
            "An AES key has 128, 192 or 256 bits, not %s.".formatted(bits));
      }
      this.contentKeyBits = bits;
      return this;
    }

    /**
     * The MAC of new items and the size of its key, a multiple of 8 bits and at least 128. Default
     * HmacSHA256 with 256 bits.
     *
     * @throws IllegalArgumentException if it is no MAC, or cannot have a key of this size
     */
    public Builder signing(SigningAlgorithm algorithm, int keyBits) {
      if (!algorithm.isMac()) {
        throw new IllegalArgumentException(
            "KMS data keys sign with a MAC, not with %s.".formatted(algorithm.jcaName()));
      }
      if (!KeyStrength.Use.WRITING.allowsMacBits(keyBits)
          || keyBits % 8 != 0
          || keyBits > 8 * HkdfSha256.MAX_BYTES) {
        throw new IllegalArgumentException("A MAC key cannot have %s bits.".formatted(keyBits));
      }
      this.signingAlgorithm = algorithm;
      this.signingKeyBits = keyBits;
      return this;
    }

    /**
     * Changes the encryption context that goes to KMS: the function gets the item's context and the
     * standard entries, unmodifiable, and returns what to send. It must give the same answer while
     * encrypting and decrypting. The two algorithm entries are sent whatever it returns, because
     * only KMS vouches for them. Default the standard entries.
     */
    public Builder encryptionContext(
        BiFunction<EncryptionContext, Map<String, String>, Map<String, String>> function) {
      this.encryptionContext = Objects.requireNonNull(function, "function");
      return this;
    }

    /** Entries to store with every item. Default none. */
    public Builder materialDescription(Map<String, String> entries) {
      this.materialDescription = DescriptionEntries.ofUser(entries);
      return this;
    }

    /** A name to add to the user agent of every request, beside Itemseal's own. Default none. */
    public Builder userAgentSuffix(String suffix) {
      this.userAgentSuffix = suffix;
      return this;
    }

    /** Uses data keys again within these limits; read there what that gives up. Default never. */
    public Builder dataKeyReuse(DataKeyReuse limits) {
      this.dataKeyReuse = limits;
      return this;
    }

    /** Is told of the requests to KMS and of the reuse of data keys. Default nobody. */
    public Builder listener(ItemsealListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Builds them.
     *
     * @throws IllegalArgumentException if both a set of keys and any key may decrypt
     */
    public KmsSettings build() {
      if (decryptsWithAnyKey && decryptionKeyArns != null) {
        throw new IllegalArgumentException(
            "Either decryptsWith(...) or decryptsWithAnyKey(), not both.");
      }
      return new KmsSettings(this);
    }
  }
}
