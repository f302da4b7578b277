package io.github.itemseal;

import io.github.itemseal.internal.concurrent.AgeClock;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.format.dbe.DbeUnsigned;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.AsyncKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.LocalKeyring;
import java.security.Provider;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format of the AWS Database Encryption SDK for DynamoDB, item versions 1 and 2, read and
 * written byte for byte. Specification: docs/formats/dbe.md.
 *
 * <p>Version 2 is written where an action is {@link
 * CryptoAction#SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT}, else version 1; both are read.
 *
 * <p>Readers do not know a table's actions: they take every attribute for signed that is not in the
 * unsigned list or under the unsigned prefix. So attributes with {@link CryptoAction#DO_NOTHING}
 * must be there, and no others. Give attributes that may come later a prefix from the first day: a
 * longer list must reach every reader before the first writer.
 */
public final class Dbe extends ItemFormat {
  /** The name of this format. */
  public static final String NAME = "DBE";

  /** The attribute, of type B, that holds the header. */
  public static final String HEADER_ATTRIBUTE = "aws_dbe_head";

  /** The attribute, of type B, that holds the tags and the signature. */
  public static final String FOOTER_ATTRIBUTE = "aws_dbe_foot";

  /** How every attribute begins that belongs to the format; callers never see them. */
  public static final String RESERVED_PREFIX = "aws_dbe_";

  private static final String RESERVED_CONTEXT_PREFIX = "aws-crypto-";

  /** What the format can hold, in a byte. */
  private static final int MOST_DATA_KEYS = 255;

  private static final int DEFAULT_MAX_DATA_KEYS = 32;

  private final @Nullable Keyring keyring;
  private final @Nullable AsyncKeyring asyncKeyring;
  private final AlgorithmSuite suite;
  private final DbeUnsigned unsigned;
  private final Jca jca;
  private final @Nullable SigningKeyReuse reuse;
  private final int maxDataKeys;

  private Dbe(
      @Nullable Keyring keyring,
      @Nullable AsyncKeyring asyncKeyring,
      AlgorithmSuite suite,
      DbeUnsigned unsigned,
      Jca jca,
      @Nullable SigningKeyReuse reuse,
      int maxDataKeys) {
    this.keyring = keyring;
    this.asyncKeyring = asyncKeyring;
    this.suite = suite;
    this.unsigned = unsigned;
    this.jca = jca;
    this.reuse = reuse;
    this.maxDataKeys = maxDataKeys;
  }

  private static Dbe with(@Nullable Keyring keyring, @Nullable AsyncKeyring asyncKeyring) {
    return new Dbe(
        keyring,
        asyncKeyring,
        AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384,
        DbeUnsigned.NOTHING,
        Jca.INSTALLED,
        null,
        DEFAULT_MAX_DATA_KEYS);
  }

  /** With keys for synchronous calls only; asynchronous ones fail and say so. */
  public static Dbe using(Keyring keyring) {
    return with(Objects.requireNonNull(keyring, "keyring"), null);
  }

  /** With keys for asynchronous calls only; synchronous ones fail and say so. */
  public static Dbe using(AsyncKeyring keyring) {
    return with(null, Objects.requireNonNull(keyring, "keyring"));
  }

  /** With keys that need no I/O, for synchronous and asynchronous calls. */
  public static Dbe using(LocalKeyring keyring) {
    Objects.requireNonNull(keyring, "keyring");
    return with(keyring, keyring);
  }

  /** With keys for synchronous and for asynchronous calls. */
  public static Dbe using(Keyring keyring, AsyncKeyring asyncKeyring) {
    return with(
        Objects.requireNonNull(keyring, "keyring"),
        Objects.requireNonNull(asyncKeyring, "asyncKeyring"));
  }

  /** The algorithms of new items; items of either suite are read. Default with a signature. */
  public Dbe algorithmSuite(AlgorithmSuite suite) {
    Objects.requireNonNull(suite, "suite");
    return new Dbe(keyring, asyncKeyring, suite, unsigned, jca, reuse, maxDataKeys);
  }

  /** The names of all attributes that are never signed. Default none. */
  public Dbe unsignedAttributes(String... names) {
    DbeUnsigned changed = new DbeUnsigned(Set.of(names), unsigned.prefix());
    return new Dbe(keyring, asyncKeyring, suite, changed, jca, reuse, maxDataKeys);
  }

  /**
   * How other attributes begin that are never signed, {@code :} by convention. Default none.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Dbe unsignedPrefix(String prefix) {
    if (prefix.isEmpty()) {
      throw new IllegalArgumentException("An empty unsigned prefix would leave nothing signed.");
    }
    DbeUnsigned changed = new DbeUnsigned(unsigned.names(), prefix);
    return new Dbe(keyring, asyncKeyring, suite, changed, jca, reuse, maxDataKeys);
  }

  /**
   * The provider whose algorithms are preferred, such as Amazon Corretto Crypto Provider; for what
   * it does not have, and by default, the installed providers are asked in their order. Which of
   * them a cipher comes from is settled by the first item of the process: install them before.
   */
  public Dbe provider(Provider provider) {
    Objects.requireNonNull(provider, "provider");
    return new Dbe(
        keyring, asyncKeyring, suite, unsigned, Jca.preferring(provider), reuse, maxDataKeys);
  }

  /**
   * Lets one P-384 key pair sign several items of a table, instead of a new one for each, which is
   * the default and what the AWS Database Encryption SDK does. Making the pair is about half of
   * what a small item costs.
   *
   * <p>What changes: items signed with one pair carry the same public key, which shows that one
   * process wrote them at about the same time; and the private key stays in memory until it has
   * signed its last item, or is replaced by the first item written after {@code maxAge}. Who reads
   * this process's memory meanwhile and may use one of an item's keys could sign changed items as
   * if this process had. Signatures themselves are as strong as before, and no reader sees a
   * difference. Nothing changes in a suite without signatures.
   *
   * @param maxItems at least 1; so many items at most
   * @param maxAge positive; only items sealed before the pair is so old are signed with it
   * @throws IllegalArgumentException if a limit is not positive
   */
  public Dbe signingKeyReuse(int maxItems, Duration maxAge) {
    return signingKeyReuse(maxItems, maxAge, AgeClock.system());
  }

  /** For tests: the same by another clock. */
  Dbe signingKeyReuse(int maxItems, Duration maxAge, AgeClock clock) {
    return new Dbe(
        keyring,
        asyncKeyring,
        suite,
        unsigned,
        jca,
        new SigningKeyReuse(maxItems, maxAge, clock),
        maxDataKeys);
  }

  /**
   * The most encrypted data keys that an item may have, written or read; default {@value
   * #DEFAULT_MAX_DATA_KEYS}, and the format can hold {@value #MOST_DATA_KEYS}. A keyring writes one
   * for each key it wraps with. On reading, each may cost a call to AWS KMS or to a key store
   * before anything of the item is verified, so that whoever can write to the table decides how
   * many; an item with more is refused before the first.
   *
   * @throws IllegalArgumentException if it is not from 1 to {@value #MOST_DATA_KEYS}
   */
  public Dbe maxDataKeys(int maxDataKeys) {
    if (maxDataKeys < 1 || maxDataKeys > MOST_DATA_KEYS) {
      throw new IllegalArgumentException(
          "An item has from 1 to %s encrypted data keys, not %s."
              .formatted(MOST_DATA_KEYS, maxDataKeys));
    }
    return new Dbe(keyring, asyncKeyring, suite, unsigned, jca, reuse, maxDataKeys);
  }

  DbeUnsigned unsigned() {
    return unsigned;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supportsBlocking() {
    return keyring != null;
  }

  @Override
  public boolean supportsAsync() {
    return asyncKeyring != null;
  }

  /**
   * The keys get the action that readers expect: SIGN_ONLY in version 1, in version 2 {@link
   * CryptoAction#SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT}; what is never signed gets DO_NOTHING.
   */
  @Override
  AttributeActions protect(TableInfo table, AttributeActions actions) {
    boolean version2 = actions.contains(CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT);
    CryptoAction keyAction =
        version2 ? CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT : CryptoAction.SIGN_ONLY;
    AttributeActions changed = actions;
    for (String name : unsigned.names()) {
      changed = changed.isNamed(name) ? changed : changed.with(name, CryptoAction.DO_NOTHING);
    }
    if (unsigned.prefix() != null) {
      changed = changed.withUnsignedPrefix(unsigned.prefix());
    }
    if (table.primaryIndex().isPresent()) {
      for (String name : table.primaryIndex().get().attributes()) {
        if (actions.isNamed(name) && actions.actionFor(name) != keyAction) {
          throw new IllegalArgumentException(
              "Attribute '%s' is a key of table '%s' and needs %s in DBE items%s."
                  .formatted(
                      name,
                      table.name(),
                      keyAction,
                      version2 ? " that include attributes in the encryption context" : ""));
        }
        changed = changed.with(name, keyAction);
      }
    }
    return changed.withSecondaryIndexKeys(table.declaredIndexKeys().toArray(String[]::new));
  }

  @Override
  void requireWritable(AttributeActions actions) {
    if ((keyring != null && !keyring.supports(suite))
        || (asyncKeyring != null && !asyncKeyring.supports(suite))) {
      throw new IllegalArgumentException(
          "A keyring of this table cannot serve the suite %s: choose another by algorithmSuite(...)."
              .formatted(suite));
    }
    if (!actions.defaultAction().signs() && !actions.refusesUnnamed()) {
      throw new IllegalArgumentException(
          "DBE items cannot leave attributes unsigned by default: readers would take them for"
              + " signed. Name them in unsignedAttributes(...) or give them the unsignedPrefix(...)"
              + " of Dbe.");
    }
    for (Map.Entry<String, CryptoAction> entry : actions.exceptions().entrySet()) {
      String name = entry.getKey();
      if (name.startsWith(RESERVED_CONTEXT_PREFIX)) {
        throw new IllegalArgumentException(
            "Attribute '%s' begins with '%s', which is reserved in DBE items."
                .formatted(name, RESERVED_CONTEXT_PREFIX));
      }
      if (entry.getValue().signs() == unsigned.covers(name)) {
        throw new IllegalArgumentException(
            ("Attribute '%s' has the action %s: DBE readers know what is not signed by"
                    + " unsignedAttributes(...) and unsignedPrefix(...) alone, so an attribute must"
                    + " be there exactly if it is DO_NOTHING.")
                .formatted(name, entry.getValue()));
      }
    }
  }

  /** A reader may know more unsigned attributes: that is how they become known. */
  @Override
  void requireReadableBy(ItemFormat reader) {
    if (reader instanceof Dbe other && !unsigned.isPartOf(other.unsigned)) {
      throw new IllegalArgumentException(
          "The Dbe of writes(...) leaves attributes unsigned that the Dbe of reads(...) takes for"
              + " signed: give both the same unsignedAttributes(...) and unsignedPrefix(...), or the"
              + " one of reads(...) more.");
    }
  }

  /** Stored items say themselves what is signed. */
  @Override
  boolean verifiesWithoutActions() {
    return true;
  }

  @Override
  FormatEngine engineFor(ResolvedTable table) {
    return new DbeEngine(
        table,
        keyring,
        asyncKeyring,
        suite,
        unsigned,
        jca,
        reuse == null ? null : reuse.forOneTable(),
        maxDataKeys);
  }
}
