package io.github.itemseal.interop;

import java.util.Locale;

/** A stored format, and the peer whose items are its vectors. */
enum VectorFormat {
  DDBEC(OldClient.ARTIFACT, OldClient.version(), VectorFlag.OLD_CLIENT),
  DBE(DbeOriginal.ARTIFACT, DbeOriginal.version(), VectorFlag.ORIGINAL);

  private final String artifact;
  private final String peerVersion;
  private final VectorFlag writerFlag;

  VectorFormat(String artifact, String peerVersion, VectorFlag writerFlag) {
    this.artifact = artifact;
    this.peerVersion = peerVersion;
    this.writerFlag = writerFlag;
  }

  /** Maven group and artifact of the peer. */
  String artifact() {
    return artifact;
  }

  String peerVersion() {
    return peerVersion;
  }

  /** What marks the items that are exactly what the peer wrote. */
  VectorFlag writerFlag() {
    return writerFlag;
  }

  /** Of its files, and in the name of its schema. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
