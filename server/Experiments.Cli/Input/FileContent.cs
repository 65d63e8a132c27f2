namespace Experiments.Cli.Input;

/// <summary>A file that is sent as it is.</summary>
internal sealed record FileContent(ReadOnlyMemory<byte> Bytes, string MediaType)
{
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";

    /// <param name="path">A <c>.yaml</c>, <c>.yml</c> or <c>.json</c>; <c>-</c> is standard input, which is JSON where it starts with a brace.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CliException">It cannot be read, is too large, or its name does not say what it is.</exception>
    public static async Task<FileContent> ReadAsync(string path, CancellationToken cancellation)
    {
        if (path == InputFile.StandardInput)
        {
            ReadOnlyMemory<byte> bytes = await InputFile.ReadAsync(path, cancellation);
            return new FileContent(bytes, bytes.Span.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("{"u8) ? Json : Yaml);
        }

        string mediaType = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => Json,
            ".YAML" or ".YML" => Yaml,
            _ => throw CliException.Usage($"\"{path}\" must end with .yaml, .yml or .json, so that its format is known"),
        };
        return new FileContent(await InputFile.ReadAsync(path, cancellation), mediaType);
    }
}
