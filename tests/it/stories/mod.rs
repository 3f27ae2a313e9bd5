mod booking;
mod guards;
mod visits;
