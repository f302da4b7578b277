package io.github.itemseal.keyring;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a KMS key, such as {@code
 * arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab}. Items name their
 * keys so, and whoever can write to the table can write such a name: the parts are of few letters,
 * since a Region becomes part of a host name.
 */
record KmsKeyArn(String partition, String region, String account, String keyId) {
  private static final String PLACE = "arn:(aws[a-z-]{0,30}):kms:([a-z0-9-]{1,40}):([0-9]{12}):";
  private static final String ID = "[A-Za-z0-9-]{1,256}";
  private static final Pattern ANY_ARN = Pattern.compile(PLACE + ".*");
  private static final Pattern SHAPE = Pattern.compile(PLACE + "key/(" + ID + ")");
  private static final Pattern OTHER_NAME =
      Pattern.compile(ID + "|(" + PLACE + ")?alias/[A-Za-z0-9/_-]{1,250}");
  private static final String MULTI_REGION_PREFIX = "mrk-";

  /** The parts of an ARN; empty if it is not one of a KMS key. */
  static Optional<KmsKeyArn> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new KmsKeyArn(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
        : Optional.empty();
  }

  /** The Region that the ARN of a key or alias names; empty for ids and alias names. */
  static Optional<String> regionOf(String keyName) {
    Matcher matcher = ANY_ARN.matcher(keyName);
    return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
  }

  /** Whether a text is the id of a KMS key, or an alias, or the ARN of an alias. */
  static boolean isOtherName(String text) {
    return OTHER_NAME.matcher(text).matches();
  }

  /** Whether it is a primary or replica that has related keys in other Regions. */
  boolean isMultiRegion() {
    return keyId.startsWith(MULTI_REGION_PREFIX);
  }

  /** The same key, or, of a multi-Region key, the related one, in a Region. */
  KmsKeyArn inRegion(String other) {
    return new KmsKeyArn(partition, other, account, keyId);
  }

  /** Whether it is the same key, or a related one of the same multi-Region key. */
  boolean isRelatedTo(KmsKeyArn other) {
    return equals(other) || (isMultiRegion() && inRegion(other.region).equals(other));
  }

  @Override
  public String toString() {
    return "arn:%s:kms:%s:%s:key/%s".formatted(partition, region, account, keyId);
  }
}
