import Foundation

/// The folder of the workspace.
let root = (0 ..< 5).reduce(URL(fileURLWithPath: #filePath)) { folder, _ in folder.deletingLastPathComponent() }
