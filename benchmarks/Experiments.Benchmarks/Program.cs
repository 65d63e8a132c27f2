using Experiments.Benchmarks.Bars;

return args switch
{
    ["bars", .. string[] rest] => BarsRun.Run(rest),
    [LoadMemory.Mode, string count] => LoadMemory.Run(int.Parse(count)),
    _ => 2,
};
