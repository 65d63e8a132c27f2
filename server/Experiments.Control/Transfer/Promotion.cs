using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Control.Transfer;

/// <summary>Selected flags and experiments as a document, with the audiences and layers that they name.</summary>
internal static class Promotion
{
    /// <exception cref="TransferRefusedException">Something is not there, or needs what the other environment does not have.</exception>
    public static TransferDocument Select(EnvironmentState from, EnvironmentState to, PromotionInput input)
    {
        input = input.Flags.Count + input.Experiments.Count > 0 ? input : Everything(from, input);
        var export = new StateExport(from);
        ExperimentEntry[] experiments = [.. Find("experiment", "experiments", input.Experiments, from.Experiments, static one => one.Key, from).Select(export.Of)];
        FlagEntry[] flags = [.. Find("flag", "flags", input.Flags, from.Flags, static one => one.Key, from).Select(export.Of)];
        CheckNeeds(input, to, experiments, flags);
        FlagRuleEntry[] rules = [.. flags.SelectMany(static flag => flag.Rules ?? [])];
        HashSet<string?> audiences = [.. experiments.Select(static one => one.Audience), .. rules.Select(static rule => rule.Audience)];
        HashSet<string?> layers = [.. experiments.Select(static one => one.Split?.Layer), .. rules.Select(static rule => rule.Serve.Split?.Layer)];
        return new TransferDocument
        {
            Environment = from.Environment.Name,
            Audiences = [.. from.Audiences.Where(one => audiences.Contains(one.Name)).Select(StateExport.Of)],
            Layers = [.. from.Layers.Where(one => layers.Contains(one.Name)).Select(StateExport.Of)],
            Experiments = experiments,
            Flags = flags,
        };
    }

    /// <summary>All that is not archived, and the archived experiments that rules still name.</summary>
    private static PromotionInput Everything(EnvironmentState from, PromotionInput input)
    {
        FlagDefinition[] flags = [.. from.Flags.Where(static flag => !flag.IsArchived)];
        HashSet<Guid?> served = [.. flags.SelectMany(static flag => flag.Rules).Select(static rule => rule.ExperimentId)];
        return input with
        {
            Flags = [.. flags.Select(static flag => flag.Key)],
            Experiments = [.. from.Experiments.Where(one => one.Status != ExperimentStatus.Archived || served.Contains(one.Id)).Select(static one => one.Key)],
        };
    }

    private static List<T> Find<T>(
        string kind, string path, IReadOnlyList<string> keys, IReadOnlyList<T> all, Func<T, string> keyOf, EnvironmentState from)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        for (int i = 0; i < keys.Count; i++)
        {
            if (!wanted.Add(keys[i]))
            {
                throw TransferRefusedException.Invalid($"{path}[{i}]", $"\"{keys[i]}\" is there twice");
            }
        }

        List<T> found = [.. all.Where(one => wanted.Remove(keyOf(one)))];
        return wanted.Count == 0 ? found : throw new TransferRefusedException(new DomainError(
            DomainErrorCode.NotFound,
            $"There is no {kind} with key {string.Join(", ", wanted.Select(static key => $"\"{key}\""))} in environment \"{from.Environment.Name}\"."));
    }

    private static void CheckNeeds(PromotionInput input, EnvironmentState to, ExperimentEntry[] experiments, FlagEntry[] flags)
    {
        HashSet<string> known = new(
            [.. input.Flags, .. to.Flags.Where(static flag => !flag.IsArchived).Select(static flag => flag.Key)], StringComparer.Ordinal);
        HashSet<string> served = new([.. input.Experiments, .. to.Experiments.Select(static one => one.Key)], StringComparer.Ordinal);
        FlagRuleEntry[] rules = [.. flags.SelectMany(static flag => flag.Rules ?? [])];
        string[] missing =
        [
            .. experiments.SelectMany(static one => one.Prerequisites ?? []).Concat(rules.SelectMany(static rule => rule.Prerequisites ?? []))
                .Select(static one => one.Flag).Where(key => !known.Contains(key)).Distinct(StringComparer.Ordinal).Select(static key => $"flag \"{key}\""),
            .. rules.Select(static rule => rule.Serve.Experiment).OfType<string>().Where(key => !served.Contains(key))
                .Distinct(StringComparer.Ordinal).Select(static key => $"experiment \"{key}\""),
        ];
        if (missing.Length > 0)
        {
            throw new TransferRefusedException(new DomainError(
                DomainErrorCode.NotAllowed,
                $"Environment \"{to.Environment.Name}\" needs {string.Join(", ", missing)}, which it does not have; promote that too."));
        }
    }
}
