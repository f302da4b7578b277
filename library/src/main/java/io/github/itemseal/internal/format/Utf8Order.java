package io.github.itemseal.internal.format;

import java.util.Comparator;

/**
 * Orders texts by their UTF-8 bytes, taken as unsigned, without encoding them: that is the order of
 * their code points (RFC 3629, section 1). Stateless.
 */
public enum Utf8Order implements Comparator<String> {
  /** The only one. */
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      int unitOfA = a.charAt(i);
      int unitOfB = b.charAt(i);
      if (unitOfA != unitOfB) {
        return rank(unitOfA) - rank(unitOfB);
      }
    }
    return a.length() - b.length();
  }

  /** Surrogates stand for the highest code points, but are not the highest of the UTF-16 units. */
  private static int rank(int unit) {
    if (unit < Character.MIN_SURROGATE) {
      return unit;
    }
    return unit > Character.MAX_SURROGATE ? unit : unit + Character.MAX_VALUE;
  }
}
