package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an application gets that depends on a library, as Maven resolves it; its own jar first.
 *
 * @param sdk the version of the AWS SDK for Java 2.x
 * @param jspecify that of the annotations
 * @param ddbec that of the DynamoDB Encryption Client
 * @param dbe that of the Database Encryption SDK
 */
record DependencyJars(String sdk, String jspecify, String ddbec, String dbe) {
  List<Path> ofOurs(Path jar) throws Exception {
    List<Path> jars = new ArrayList<>();
    jars.add(jar);
    jars.addAll(
        resolve(
            dynamoDb()
                + dependency("software.amazon.awssdk", "kms", sdk)
                + dependency("org.jspecify", "jspecify", jspecify)));
    return jars;
  }

  List<Path> ofOriginalDdbec() throws Exception {
    return resolve(originalDdbec());
  }

  /** With the SDK that the items of the benchmarks are made of. */
  List<Path> ofOriginalDdbecAndSdk() throws Exception {
    return resolve(originalDdbec() + dynamoDb());
  }

  List<Path> ofOriginalDbe() throws Exception {
    return resolve(
        dependency("software.amazon.cryptography", "aws-database-encryption-sdk-dynamodb", dbe));
  }

  private String originalDdbec() {
    return dependency("com.amazonaws", "aws-dynamodb-encryption-java", ddbec);
  }

  private String dynamoDb() {
    return dependency("software.amazon.awssdk", "dynamodb", sdk);
  }

  private static String dependency(String group, String artifact, String version) {
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
        .formatted(group, artifact, version);
  }

  private static List<Path> resolve(String dependencies) throws Exception {
    Path folder = Files.createTempDirectory("weight");
    Path pom = folder.resolve("pom.xml");
    Path list = folder.resolve("jars");
    for (Path temporary : List.of(folder, pom, list)) {
      temporary.toFile().deleteOnExit();
    }
    Files.writeString(
        pom,
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>weight</groupId>\
        <artifactId>weight</artifactId><version>1</version><packaging>pom</packaging>\
        <dependencies>%s</dependencies></project>"""
            .formatted(dependencies),
        UTF_8);
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-q",
                "-f",
                pom.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=" + list)
            .inheritIO()
            .start();
    if (maven.waitFor() != 0) {
      throw new IllegalStateException("Maven could not resolve " + dependencies);
    }
    return Arrays.stream(Files.readString(list, UTF_8).trim().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}
