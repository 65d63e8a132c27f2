using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;

namespace Experiments.Decide.Endpoints.Environments;

/// <summary>Which environments of a store have a last good snapshot on disk. Their files' names are hashes; the first line of each says it.</summary>
internal static class LastGoodNames
{
    // The first line holds a location and a name.
    private const int MaxHeaderBytes = 16 * 1024;

    private const byte LineFeed = (byte)'\n';

    public static IEnumerable<string> Read(string directory, string location)
    {
        try
        {
            return Directory.GetFiles(directory, "*.snapshot").Select(path => NameIn(path, location)).OfType<string>();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // There are none, or none that can be read.
        }
    }

    private static string? NameIn(string path, string location)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] buffer = new byte[MaxHeaderBytes];
            ReadOnlySpan<byte> start = buffer.AsSpan(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
            int end = start.IndexOf(LineFeed);
            LastGoodHeader? header = end < 0 ? null : JsonSerializer.Deserialize(start[..end], LastGoodJsonContext.Default.LastGoodHeader);
            return header is not null && header.Location == location && EnvironmentNames.IsValid(header.Environment) ? header.Environment : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // Whoever loads it says why it is not usable.
        }
    }
}
