using System.Text.Json;

namespace Experiments.Control.Storage.Archive;

/// <summary>One record of an archive.</summary>
/// <param name="Number">Of its line, from 1.</param>
/// <param name="Kind">One of <see cref="ArchiveRecords"/>, or what a later version made of it.</param>
/// <param name="Value">As JSON.</param>
internal sealed record ArchiveLine(long Number, string Kind, JsonElement Value)
{
    /// <exception cref="InvalidDataException">It is none.</exception>
    public T Read<T>()
        where T : class
    {
        try
        {
            return Value.Deserialize(ArchiveJson.TypeInfo<T>()) ?? throw new JsonException("it is null");
        }
        catch (Exception fault) when (IsOfTheRecord(fault))
        {
            throw new InvalidDataException(
                IsReadWithoutWhatIsUnknown<T>()
                    ? $"This archive is of a newer version of Experiments: line {Number} is of the kind {Kind}, and {fault.Message}"
                    : $"Line {Number} of the archive is no {Kind}: {fault.Message}",
                fault);
        }
    }

    private bool IsReadWithoutWhatIsUnknown<T>()
        where T : class
    {
        try
        {
            return Value.Deserialize(StoredJsonContext.TypeInfo<T>()) is not null;
        }
        catch (Exception fault) when (IsOfTheRecord(fault))
        {
            return false;
        }
    }

    private static bool IsOfTheRecord(Exception fault) => fault is JsonException or ArgumentException or InvalidOperationException;
}
