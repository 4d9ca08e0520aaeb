// swift-tools-version:5.9

import PackageDescription

/// Where the library of `cargo build -p medtrain-mobile` lies.
let library = Context.environment["MEDTRAIN_LIBRARY"] ?? "\(Context.packageDirectory)/../../target/debug"

let package = Package(
    name: "Medtrain",
    products: [.library(name: "Medtrain", targets: ["Medtrain"])],
    targets: [
        .target(
            name: "MedtrainBorderFFI",
            linkerSettings: [
                .unsafeFlags(["-L\(library)", "-Xlinker", "-rpath", "-Xlinker", library]),
                .linkedLibrary("medtrain_mobile"),
            ]
        ),
        .target(name: "MedtrainBorder", dependencies: ["MedtrainBorderFFI"]),
        .target(name: "Medtrain", dependencies: ["MedtrainBorder"]),
        .testTarget(name: "MedtrainTests", dependencies: ["Medtrain"]),
    ]
)
