package io.github.itemseal.keyring;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which KMS key writes, and which may read. Source: docs/formats/dbe.md, "AWS KMS". Immutable and
 * thread-safe.
 */
sealed interface KmsKeyChoice {

  /**
   * The choice that a key ARN, key id, alias name or alias ARN stands for.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static KmsKeyChoice of(String keyId) {
    Optional<KmsKeyArn> arn = KmsKeyArn.parse(keyId);
    if (arn.isPresent()) {
      return new Exact(arn.get());
    }
    if (!KmsKeyArn.isOtherName(keyId)) {
      throw new IllegalArgumentException(
          "'%s' is not the ARN, id or alias of a KMS key.".formatted(keyId));
    }
    return new Named(keyId);
  }

  /** The key that writes, as KMS takes it; empty in discovery, which only reads. */
  Optional<String> writes();

  /** Whether KMS may answer with this key when asked for the one that writes. */
  boolean isWritten(KmsKeyArn answered);

  /**
   * How to ask KMS for a data key that an item says is of this key; empty if it is none of ours.
   */
  Optional<Question> asks(KmsKeyArn stored);

  /** For exceptions. */
  String describe();

  /**
   * What to ask for.
   *
   * @param keyId in the request
   * @param expected the only key that the answer may name
   */
  record Question(String keyId, KmsKeyArn expected) {}

  /** One key by its ARN. */
  record Exact(KmsKeyArn arn) implements KmsKeyChoice {
    @Override
    public Optional<String> writes() {
      return Optional.of(arn.toString());
    }

    @Override
    public boolean isWritten(KmsKeyArn answered) {
      return arn.equals(answered);
    }

    @Override
    public Optional<Question> asks(KmsKeyArn stored) {
      return arn.equals(stored) ? Optional.of(new Question(arn.toString(), arn)) : Optional.empty();
    }

    @Override
    public String describe() {
      return arn.toString();
    }
  }

  /** One key by its id or an alias: KMS knows which, and refuses data keys of others. */
  record Named(String name) implements KmsKeyChoice {
    @Override
    public Optional<String> writes() {
      return Optional.of(name);
    }

    @Override
    public boolean isWritten(KmsKeyArn answered) {
      if (name.startsWith("arn:")) { // of an alias: keys of its Region and account
        return answered.toString().startsWith(name.substring(0, name.indexOf("alias/")));
      }
      return name.startsWith("alias/") || answered.keyId().equals(name);
    }

    @Override
    public Optional<Question> asks(KmsKeyArn stored) {
      return isWritten(stored) ? Optional.of(new Question(name, stored)) : Optional.empty();
    }

    @Override
    public String describe() {
      return name;
    }
  }

  /** A multi-Region key by the ARN of its key in one Region, which reads for all of them. */
  record MultiRegion(KmsKeyArn arn) implements KmsKeyChoice {
    @Override
    public Optional<String> writes() {
      return Optional.of(arn.toString());
    }

    @Override
    public boolean isWritten(KmsKeyArn answered) {
      return arn.equals(answered);
    }

    @Override
    public Optional<Question> asks(KmsKeyArn stored) {
      return stored.isRelatedTo(arn)
          ? Optional.of(new Question(arn.toString(), arn))
          : Optional.empty();
    }

    @Override
    public String describe() {
      return arn.toString();
    }
  }

  /**
   * Whatever key the item names, within a partition and accounts.
   *
   * @param region null to ask in the key's own; else keys of this Region, and of multi-Region keys
   *     the related one there
   * @param partition null for any
   * @param accounts empty for any
   */
  record Discovery(@Nullable String region, @Nullable String partition, Set<String> accounts)
      implements KmsKeyChoice {
    @Override
    public Optional<String> writes() {
      return Optional.empty();
    }

    @Override
    public boolean isWritten(KmsKeyArn answered) {
      return false;
    }

    @Override
    public Optional<Question> asks(KmsKeyArn stored) {
      if ((partition != null && !partition.equals(stored.partition()))
          || (!accounts.isEmpty() && !accounts.contains(stored.account()))) {
        return Optional.empty();
      }
      KmsKeyArn asked = region != null && stored.isMultiRegion() ? stored.inRegion(region) : stored;
      return region == null || asked.region().equals(region)
          ? Optional.of(new Question(asked.toString(), asked))
          : Optional.empty();
    }

    @Override
    public String describe() {
      return "discovery";
    }
  }
}
