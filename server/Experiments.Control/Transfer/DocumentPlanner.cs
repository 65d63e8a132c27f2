namespace Experiments.Control.Transfer;

/// <summary>A document to the state that it makes of another: nothing is stored.</summary>
internal static class DocumentPlanner
{
    /// <exception cref="TransferRefusedException">The document makes no sense, or not in this state.</exception>
    public static async ValueTask<PlannedState> PlanAsync(EnvironmentState before, TransferDocument document, ApplyOptions options, DateTimeOffset now)
    {
        var paths = new DocumentPaths(document);
        var planned = new PlannedState(before);
        var shells = new ShellPlanner(planned, options, now);
        Each(document.Audiences, "audiences", shells.Plan);
        Each(document.Layers, "layers", shells.Plan);
        Each(document.Holdouts, "holdouts", shells.Plan);

        var export = new StateExport(before);
        ExperimentPlanner[] experiments = [.. (document.Experiments ?? []).Select(
            (entry, i) => new ExperimentPlanner(planned, options, entry, $"experiments[{i}]", now))];
        FlagPlanner[] flags = [.. (document.Flags ?? []).Select(
            (entry, i) => new FlagPlanner(planned, options, export, entry, $"flags[{i}]", now))];
        var seeds = new ClaimSeeds(planned, options);
        seeds.Plant(
            [.. experiments.Select(static one => one.Owner()).OfType<ClaimOwner>(), .. flags.SelectMany(static flag => flag.Owners())],
            new HashSet<Guid>([.. experiments.Select(static one => one.Id), .. flags.SelectMany(static flag => flag.KnownOwners())]));
        foreach (ExperimentPlanner experiment in experiments)
        {
            experiment.Plan(export);
        }

        foreach (FlagPlanner flag in flags)
        {
            await flag.PlanAsync();
        }

        if (options.Prunes)
        {
            new Pruning(planned, paths).Run();
        }

        seeds.Settle();
        new WholeChecks(planned, paths).Run();
        return planned;
    }

    private static void Each<T>(IReadOnlyList<T>? entries, string list, Action<T, string> plan)
    {
        foreach ((int index, T entry) in (entries ?? []).Index())
        {
            plan(entry, $"{list}[{index}]");
        }
    }
}
