using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Faults of <c>hashes</c>.</summary>
internal sealed class HashFaults(FaultLog log)
{
    public void Check(JsonElement hash, FaultPath path)
    {
        if (!log.Check(hash, path, JsonValueKind.Object))
        {
            return;
        }

        log.OnlyMembers(hash, path, "fn", "seed", "input", "buckets", "scale", "missing");
        log.EachWord(hash, path, "fn", isRequired: true, "murmur3", "fnv1a", "fnv1a2", "md5", "sha1", "sha256", "sha256le", "crc32");
        log.Each(hash, path, "seed", isRequired: false, (seed, at) => log.Integer(seed, at, 0, uint.MaxValue));
        log.Each(hash, path, "input", isRequired: true, CheckInput);
        log.Each(hash, path, "buckets", isRequired: true, log.Bound);
        log.EachBoolean(hash, path, "scale");
        log.EachWord(hash, path, "missing", isRequired: false, "skip", "zero", "random");
    }

    private void CheckInput(JsonElement input, FaultPath path)
    {
        log.Items(input, path, CheckPart);
        if (input.ValueKind == JsonValueKind.Array && input.GetArrayLength() == 0)
        {
            log.Add(path, "empty");
        }
    }

    private void CheckPart(JsonElement part, FaultPath path)
    {
        switch (part.ValueKind)
        {
            case JsonValueKind.String:
                break;
            case JsonValueKind.Object:
                CheckUnit(part, path);
                break;
            default:
                log.Add(path, $"{FaultLog.Describe(part.ValueKind)} where a string or an object must be");
                break;
        }
    }

    private void CheckUnit(JsonElement unit, FaultPath path)
    {
        log.OnlyMembers(unit, path, "attr", "as");
        log.Each(unit, path, "attr", isRequired: true, (list, at) =>
            log.Items(list, at, (attribute, item) => AttributeFaults.Check(log, attribute, item)));
        if (FaultLog.TryGet(unit, "attr", out JsonElement last) && last.ValueKind == JsonValueKind.Array && last.GetArrayLength() == 0)
        {
            log.Add(path.Member("attr"), "empty");
        }

        log.EachWord(unit, path, "as", isRequired: false, "string", "truthy", "int", "any");
    }
}
